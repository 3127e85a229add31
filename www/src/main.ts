import './page/app';
