import { observeRequests, requests } from './lib/requests';
import { keepForOffline } from './offline/register';
import './page/app';

observeRequests(made => requests.add(made));
keepForOffline();
