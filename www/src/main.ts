import { keepForOffline } from './offline/register';
import './page/app';

keepForOffline();
